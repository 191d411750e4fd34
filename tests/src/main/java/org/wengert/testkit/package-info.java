/** Derivative assertions for JUnit 5 and jqwik. */
@NullMarked
package org.wengert.testkit;

import org.jspecify.annotations.NullMarked;
