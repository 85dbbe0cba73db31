# Draws the picture `completion`. Run it in a run's plots/:
# gnuplot -d -c completion.gp STEM "svg png pdf"
style = ARG0[1:strlen(ARG0) - strlen('completion.gp')].'style.gp'
stem = ARG1
do for [format in ARG2] {
    load style
    printed = 0xE69F00
    predicted = 0xD9D9D9
    measured = 0x0072B2
    whose(class) = class eq 'printed' ? printed : class eq 'predicted' ? predicted : measured
    values = data.'-values.tsv'
    value_bars = "values using ((column('left') + column('right')) / 2) \
        :((column('bottom') + column('top')) / 2):'left':'right':'bottom':'top' \
        :(whose(strcol('class'))) notitle with boxxyerror lc rgb variable"
    eval 'plot '.grid.','.value_bars.','.all_lines.','.all_dots.','.all_texts
    unset output
}
