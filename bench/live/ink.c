/* The colours are those of Okabe and Ito, as in the pictures: vermillion for send, sky
 * blue for response, grey for queue. With 256 colours, the nearest of the cube. */
#include "bench/live/ink.h"

static const char *const glyphs[LANE_PHASES][2] = {
    [PHASE_NONE] = {".", "·"},     [PHASE_QUEUE] = {"-", "░"},
    [PHASE_SEND] = {"#", "█"},     [PHASE_BACKLOG] = {"~", "▒"},
    [PHASE_RESPONSE] = {"=", "▄"}, [LANE_DONE] = {"+", "▁"},
};

/* Each code resets the one before it, so a change of ink takes one code. */
static const char *const codes[INK_COUNT][3] = {
    [INK_PLAIN] = {"", "\033[0m", "\033[0m"},
    [INK_FAINT] = {"", "\033[0;38;5;245m", "\033[0;38;2;138;138;138m"},
    [INK_STRONG] = {"", "\033[0;1m", "\033[0;1m"},
    [INK_WAITING] = {"", "\033[0;38;5;242m", "\033[0;38;2;108;108;108m"},
    [INK_QUEUE] = {"", "\033[0;38;5;248m", "\033[0;38;2;168;168;168m"},
    [INK_SEND] = {"", "\033[0;38;5;166m", "\033[0;38;2;213;94;0m"},
    [INK_BACKLOG] = {"", "\033[0;38;5;175m", "\033[0;38;2;204;121;167m"},
    [INK_RESPONSE] = {"", "\033[0;38;5;74m", "\033[0;38;2;86;180;233m"},
    [INK_DONE] = {"", "\033[0;38;5;36m", "\033[0;38;2;0;158;115m"},
    [INK_FAILED] = {"", "\033[0;1;38;5;172m", "\033[0;1;38;2;215;135;0m"},
};

enum ink ink_of_phase(enum phase phase) {
    return (enum ink)(INK_WAITING + (int)phase);
}

const char *ink_glyph(enum phase phase, bool utf8) {
    return glyphs[phase][utf8];
}

const char *ink_code(enum ink ink, enum ink_colours colours) {
    return codes[ink][colours];
}
