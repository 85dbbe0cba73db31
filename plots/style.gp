# The style of all pictures. A template sets `stem` and `format`, loads this file, and plots
# the elements defined here. The tables data/<stem>-*.tsv give the place of each element on
# a canvas of 1600 x 900 pixels.
#
# Texts come from those tables only and are never run as commands: `noenhanced` turns
# gnuplot's markup off, and gnuplot does not look for backquotes in a field of a table.
set encoding utf8
set datafile separator "\t"
set datafile columnheaders
set datafile commentschars ''

# `scale` turns pixels of the canvas into the unit of a font's size: a pixel in SVG, a point
# of 4/3 pixels in PNG, and 10/9 pixels in PDF (where gnuplot halves the size).
#
# gnuplot writes only the first font name into an SVG, and never the weight. So the font
# name here holds both, written as XML (&#44; is a comma) that every reader of SVG decodes.
thick = 1.0
if (format eq 'svg') {
    set terminal svg size 1600,900 dynamic background rgb 'white' font 'Inter,24'
    scale = 1.0
    dot_size = 0.7
    plain = 'Inter&#44;Liberation Sans&#44;Arial&#44;Helvetica&#44;DejaVu Sans Condensed&#44;sans-serif'
    strong = plain.'" font-weight="bold'
}
if (format eq 'png') {
    set terminal pngcairo size 1600,900 background rgb 'white' font 'Inter,18'
    scale = 0.75
    dot_size = 0.7
    plain = 'Inter'
    strong = 'Inter:Bold'
}
if (format eq 'pdf') {
    set terminal pdfcairo size 13.3333in,7.5in background rgb 'white' font 'Inter,21.6'
    scale = 0.9
    dot_size = 0.55
    plain = 'Inter'
    strong = 'Inter:Bold'
}
if (format eq 'thumb.png') {
    set terminal pngcairo size 400,225 background rgb 'white' font 'Inter,8'
    scale = 0.75 / 4
    dot_size = 0.25
    thick = 0.4
    plain = 'Inter'
    strong = 'Inter:Bold'
}
set output stem.'.'.format

unset border
unset tics
unset key
set lmargin at screen 0
set rmargin at screen 1
set bmargin at screen 0
set tmargin at screen 1
set xrange [0:1600]
set yrange [0:900]
set style fill solid noborder

# Okabe and Ito's colours, which colour-blind readers can tell apart: orange acts, blue
# waits for an answer, grey waits in a queue. They differ in greyscale, too. A bar has the
# colour of one phase.
ink = 0x222222
pale = 0x5A5A5A
colour(phase) = phase eq 'queue' ? 0xCBCBCB : phase eq 'send' ? 0xD55E00 : \
    phase eq 'backlog' ? 0x5E5E5E : phase eq 'response' ? 0x56B4E9 : \
    phase eq 'body' ? 0x0072B2 : phase eq 'failed' ? 0xCC79A7 : 0xF2F2F2

data = 'data/'.stem
bars = data.'-bars.tsv'
lines = data.'-lines.tsv'
texts = data.'-texts.tsv'
dots = data.'-dots.tsv'
stats data.'-sizes.tsv' using (title_px = column('title'), \
    subtitle_px = column('subtitle'), heading_px = column('heading'), \
    name_px = column('name'), row_px = column('row'), value_px = column('value'), \
    note_px = column('note'), legend_px = column('legend'), tic_px = column('tic'), \
    split_px = column('split'), 0) \
    nooutput
font(px) = sprintf('%s,%g', plain, px * scale)
bold(px) = sprintf('%s,%g', strong, px * scale)

# The x of a row of this class, else NaN: gnuplot does not draw a row without a number.
of(class) = strcol('class') eq class ? column('x') : NaN

all_bars = "bars using ((column('left') + column('right')) / 2) \
    :((column('bottom') + column('top')) / 2):'left':'right':'bottom':'top' \
    :(colour(strcol('phase'))) notitle with boxxyerror lc rgb variable"
all_lines = "lines using (of('frame')):'y':(column('to_x') - column('x')) \
    :(column('to_y') - column('y')) notitle with vectors nohead lw thick * 1.2 lc rgb 0x9A9A9A, \
    '' using (of('makespan')):'y':(column('to_x') - column('x')) \
    :(column('to_y') - column('y')) notitle with vectors nohead lw thick * 3.5 lc rgb ink, \
    '' using (of('whisker')):'y':(column('to_x') - column('x')) \
    :(column('to_y') - column('y')) notitle with vectors nohead lw thick * 2.5 lc rgb ink"
hatch = "lines using (of('hatch')):'y':(column('to_x') - column('x')) \
    :(column('to_y') - column('y')) notitle with vectors nohead lw thick * 4 lc rgb 0xFFFFFF"
promise = "lines using (of('promise')):'y':(column('to_x') - column('x')) \
    :(column('to_y') - column('y')) notitle with vectors nohead lw thick * 2.5 dt (6, 4) lc rgb ink"
all_dots = "dots using 'x':'y' notitle with points pt 7 ps dot_size * 1.5 lc rgb 0xFFFFFF, \
    '' using 'x':'y' notitle with points pt 7 ps dot_size lc rgb ink"
grid = "lines using (of('grid')):'y':(column('to_x') - column('x')) \
    :(column('to_y') - column('y')) notitle with vectors nohead lw thick * 1.2 lc rgb 0xDDDDDD"
all_texts = "texts using (of('title')):'y':'text' with labels left noenhanced \
    font bold(title_px) tc rgb 0x000000, \
    '' using (of('subtitle')):'y':'text' with labels left noenhanced \
    font font(subtitle_px) tc rgb pale, \
    '' using (of('heading')):'y':'text' with labels left noenhanced \
    font bold(heading_px) tc rgb ink, \
    '' using (of('name')):'y':'text' with labels right noenhanced \
    font bold(name_px) tc rgb ink, \
    '' using (of('row')):'y':'text' with labels right noenhanced \
    font font(row_px) tc rgb pale, \
    '' using (of('value')):'y':'text' with labels left noenhanced \
    font bold(value_px) tc rgb 0x000000, \
    '' using (of('note')):'y':'text' with labels left noenhanced \
    font font(note_px) tc rgb pale, \
    '' using (of('split')):'y':'text' with labels left noenhanced \
    font font(split_px) tc rgb pale, \
    '' using (of('legend')):'y':'text' with labels left noenhanced \
    font font(legend_px) tc rgb ink, \
    '' using (of('tic')):'y':'text' with labels center noenhanced \
    font font(tic_px) tc rgb pale"

# A thumbnail has no text that cannot be read at a quarter of the size, no grid, and no
# legend: white covers the row in which its fields stand.
unset object
if (format eq 'thumb.png') {
    set yrange [0:3000] # so that stats takes 2000, which stands for no legend
    stats texts using (strcol('class') eq 'legend' ? column('y') : 2000) nooutput
    set yrange [0:900]
    set object rectangle from 0, STATS_min - 18 to 1600, STATS_min + 18 front \
        fillcolor rgb 'white' fillstyle solid noborder
    grid = "NaN notitle"
    all_texts = "texts using (of('title')):'y':'text' with labels left noenhanced \
        font bold(title_px) tc rgb 0x000000, \
        '' using (of('heading')):'y':'text' with labels left noenhanced \
        font bold(heading_px * 1.2) tc rgb ink, \
        '' using (of('name')):'y':'text' with labels right noenhanced \
        font bold(name_px * 1.1) tc rgb ink, \
        '' using (of('value')):'y':'text' with labels left noenhanced \
        font bold(value_px) tc rgb 0x000000, \
        '' using (of('split')):'y':'text' with labels left noenhanced \
        font bold(split_px * 1.2) tc rgb ink"
}
