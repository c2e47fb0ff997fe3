@NullMarked
package io.dbop.autoconfigure.entity.raw;

import org.jspecify.annotations.NullMarked;
