/**
 * A dialect for HSQLDB as somebody else would write it: with nothing but the public types
 * of dbop. {@code docs/extending.md} walks through it.
 */
@NullMarked
package com.example.hsqldb;

import org.jspecify.annotations.NullMarked;
