package io.dbop.benchmark.statement;

/** Reads the name of an item. */
interface Reader {

	String read(int id);

}
