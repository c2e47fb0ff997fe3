package io.dbop.entity;

import com.fasterxml.jackson.annotation.JsonValue;

/** What Jackson makes a text of. */
record Code(@JsonValue String text) {
}
