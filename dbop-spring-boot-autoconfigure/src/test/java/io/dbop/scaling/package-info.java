@NullMarked
package io.dbop.scaling;

import org.jspecify.annotations.NullMarked;
