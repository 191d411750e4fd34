/** Pictures of a fit, drawn the same way into SVG and PNG. */
@NullMarked
package org.wengert.cli.plot;

import org.jspecify.annotations.NullMarked;
