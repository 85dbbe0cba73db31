/* Makes Criterion start faster. It runs each test in a process of its own and prepares libgit2 in
 * each of them, to print differences with git_diff_buffers(). libgit2 then reads all of the
 * system's certificates: 11 ms of the 20 ms that an empty test takes. No test prints such a
 * difference, so libgit2 stays as it is: these two functions stand in for the library's own, in
 * every test program. */
int git_libgit2_init(void);
int git_libgit2_shutdown(void);

int git_libgit2_init(void) {
    return 1;
}

int git_libgit2_shutdown(void) {
    return 0;
}
