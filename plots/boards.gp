# Draws the picture `boards`. Run it in a run's plots/:
# gnuplot -d -c boards.gp STEM "svg png pdf"
style = ARG0[1:strlen(ARG0) - strlen('boards.gp')].'style.gp'
stem = ARG1
do for [format in ARG2] {
    load style
    eval 'plot '.grid.','.all_bars.','.hatch.','.all_lines.','.all_texts
    unset output
}
