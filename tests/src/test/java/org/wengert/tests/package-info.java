/** Tests that look at the whole house. */
@NullMarked
package org.wengert.tests;

import org.jspecify.annotations.NullMarked;
