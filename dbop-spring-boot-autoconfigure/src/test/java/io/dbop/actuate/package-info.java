@NullMarked
package io.dbop.actuate;

import org.jspecify.annotations.NullMarked;
