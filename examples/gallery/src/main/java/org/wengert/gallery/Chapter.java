package org.wengert.gallery;

/** A chapter: its claim first, then pictures, the code that made them, and what was measured. */
interface Chapter {

    /** The name that {@code --only} takes: lower case, with hyphens. */
    String name();

    /** The heading. */
    String title();

    /** The claim, one or two sentences of plain text. */
    String claim();

    /**
     * Computes and writes the chapter.
     *
     * @param page  takes the pictures, the code and the text
     * @param quick whether to spend less time, with coarser measurements
     */
    void write(Page page, boolean quick);
}
