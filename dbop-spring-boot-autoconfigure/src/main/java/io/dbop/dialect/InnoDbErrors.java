package io.dbop.dialect;

import io.dbop.failure.FailureKind;
import io.dbop.failure.Redo;

import static io.dbop.dialect.ErrorTable.row;
import static io.dbop.failure.Classification.doubtfulAtCommit;
import static io.dbop.failure.Classification.never;
import static io.dbop.failure.Classification.retryable;

/**
 * The vendor codes that MySQL and MariaDB share, or that only one of them has, since a
 * URL does not tell which one it is. Their SQLSTATEs do not suffice: with MySQL's driver
 * 1205 and 1213 both have 40001, with MariaDB's 1205 has HY000.
 * <p>
 * Errors of connecting are doubtful at a commit like those of a broken connection, since
 * drivers that fail over connect in the middle of one.
 */
final class InnoDbErrors {

	// @formatter:off
	static final ErrorTable TABLE = ErrorTable.of(
			// 1213: the whole transaction is undone, its savepoints too. 1205: the statement only, unless the
			// server says otherwise.
			row(retryable(FailureKind.DEADLOCK, Redo.TRANSACTION), "1213", "1614", "3058"),
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.SAVEPOINT), "1205", "3572"),
			row(retryable(FailureKind.LOCK_TIMEOUT, Redo.TRANSACTION), "1613", "1689"),
			// 3101: a conflict that group replication found while committing
			row(retryable(FailureKind.SERIALIZATION, Redo.TRANSACTION), "1020", "3101"),
			row(retryable(FailureKind.OUT_OF_RESOURCES, Redo.TRANSACTION), "1206", "1637", "1037", "1038", "1041"),
			row(retryable(FailureKind.SCHEMA_CHANGED, Redo.TRANSACTION), "1412", "1615", "1243",
					// MariaDB, of a table that is younger than the snapshot
					"159"),

			// connecting
			row(doubtfulAtCommit(FailureKind.OUT_OF_RESOURCES, Redo.CONNECTION), "1040", "1203", "1226", "1135"),
			row(doubtfulAtCommit(FailureKind.CONNECT, Redo.CONNECTION), "1042", "1043", "1129", "2002", "2003"),

			// the connection broke, or the server ended it; 1047, 3100: a member of a cluster without quorum;
			// 3796 to 3798: one that has left its group, or could not wait for it
			row(doubtfulAtCommit(FailureKind.CONNECTION_LOST, Redo.CONNECTION), "2006", "2013", "2055", "1053", "1080",
					"1152", "1153", "1154", "1155", "1156", "1157", "1158", "1159", "1160", "1161", "1184", "1927", "1047", "3100",
					"3796", "3797", "3798"),

			// the server became a replica; for 1290 the message tells
			row(retryable(FailureKind.READ_ONLY_SERVER, Redo.CONNECTION), "1836", "3032"),

			row(never(FailureKind.STATEMENT_TIMEOUT), "1969", "3024"),
			row(never(FailureKind.CANCELLED), "1317"),
			row(never(FailureKind.OUT_OF_RESOURCES), "1021", "1114", "1461"),
			// 1690: a number out of range, of which a condition may be made
			row(never(FailureKind.CONSTRAINT), "1690", "1022", "1048", "1062", "1169", "1216", "1217", "1364", "1451", "1452",
					"1557", "1586", "3819"),
			// 3098: group replication takes no table without a primary key
			row(never(FailureKind.PERMANENT), "3098", "1044", "1045", "1049", "1054", "1064", "1142", "1146", "1264", "1265",
					"1292", "1366", "1406", "1644", "1792"));
	// @formatter:on

	private InnoDbErrors() {
	}

}
