@NullMarked
package io.dbop.autoconfigure;

import org.jspecify.annotations.NullMarked;
