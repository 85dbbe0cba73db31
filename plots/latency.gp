# Draws the picture `latency`. Run it in a run's plots/:
# gnuplot -d -c latency.gp STEM "svg png pdf"
style = ARG0[1:strlen(ARG0) - strlen('latency.gp')].'style.gp'
stem = ARG1
do for [format in ARG2] {
    load style
    eval 'plot '.grid.','.all_bars.','.hatch.','.all_lines.','.promise.','.all_texts
    unset output
}
