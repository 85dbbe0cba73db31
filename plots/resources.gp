# Draws the picture `resources`. Run it in a run's plots/:
# gnuplot -d -c resources.gp STEM "svg png pdf"
style = ARG0[1:strlen(ARG0) - strlen('resources.gp')].'style.gp'
stem = ARG1
do for [format in ARG2] {
    load style
    eval 'plot '.grid.','.all_bars.','.hatch.','.all_lines.','.all_texts
    unset output
}
