/** An application that is restarted while it runs. */
@NullMarked
package io.dbop.autoconfigure.devtools;

import org.jspecify.annotations.NullMarked;
