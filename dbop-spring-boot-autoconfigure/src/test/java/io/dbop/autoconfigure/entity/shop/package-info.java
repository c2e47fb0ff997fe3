@NullMarked
package io.dbop.autoconfigure.entity.shop;

import org.jspecify.annotations.NullMarked;
