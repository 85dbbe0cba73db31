/* A lesson's own source, built into it for --source. LESSON_SOURCE is its path. */
#include <stddef.h>

extern const char lesson_source[];
extern const size_t lesson_source_bytes;

__asm__(".section .rodata\n"
        ".global lesson_source, lesson_source_bytes\n"
        "lesson_source: .incbin \"" LESSON_SOURCE "\"\n"
        "lesson_source_end: .balign 8\n"
        "lesson_source_bytes: .quad lesson_source_end - lesson_source\n"
        ".previous\n");
