@NullMarked
package io.dbop.entity.value;

import org.jspecify.annotations.NullMarked;
