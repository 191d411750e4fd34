@NullMarked
package org.wengert.cli.bench;

import org.jspecify.annotations.NullMarked;
