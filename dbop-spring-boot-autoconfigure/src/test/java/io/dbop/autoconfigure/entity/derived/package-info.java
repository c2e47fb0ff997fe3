@NullMarked
package io.dbop.autoconfigure.entity.derived;

import org.jspecify.annotations.NullMarked;
