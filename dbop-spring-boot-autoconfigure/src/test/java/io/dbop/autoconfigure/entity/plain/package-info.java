@NullMarked
package io.dbop.autoconfigure.entity.plain;

import org.jspecify.annotations.NullMarked;
