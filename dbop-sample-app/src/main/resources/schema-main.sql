-- Plain enough for SQLite, PostgreSQL, MySQL and MariaDB alike: identifiers as text, money in
-- cents, points in time in milliseconds since 1970, days as yyyy-mm-dd. A UNIQUE constraint that
-- ends in the primary key is there for its index, which not all of them can create IF NOT EXISTS.

CREATE TABLE IF NOT EXISTS account (
	id            VARCHAR(36)  NOT NULL PRIMARY KEY,
	owner         VARCHAR(100) NOT NULL,
	balance_cents BIGINT       NOT NULL CHECK (balance_cents >= 0),
	opened_at     BIGINT       NOT NULL,
	UNIQUE (opened_at, id)
);

CREATE TABLE IF NOT EXISTS transfer (
	id           VARCHAR(36) NOT NULL PRIMARY KEY,
	from_account VARCHAR(36) NOT NULL,
	to_account   VARCHAR(36) NOT NULL,
	cents        BIGINT      NOT NULL CHECK (cents > 0),
	requested_at BIGINT      NOT NULL,
	FOREIGN KEY (from_account) REFERENCES account (id),
	FOREIGN KEY (to_account) REFERENCES account (id)
);

CREATE TABLE IF NOT EXISTS product (
	sku         VARCHAR(40)  NOT NULL PRIMARY KEY,
	name        VARCHAR(100) NOT NULL,
	price_cents BIGINT       NOT NULL CHECK (price_cents > 0),
	stock       INTEGER      NOT NULL CHECK (stock >= 0)
);

CREATE TABLE IF NOT EXISTS purchase (
	id          VARCHAR(36) NOT NULL PRIMARY KEY,
	account_id  VARCHAR(36) NOT NULL,
	sku         VARCHAR(40) NOT NULL,
	quantity    INTEGER     NOT NULL CHECK (quantity > 0),
	total_cents BIGINT      NOT NULL CHECK (total_cents > 0),
	status      VARCHAR(10) NOT NULL CHECK (status IN ('PLACED', 'CANCELLED')),
	placed_on   VARCHAR(10) NOT NULL,
	UNIQUE (account_id, placed_on, id),
	FOREIGN KEY (account_id) REFERENCES account (id),
	FOREIGN KEY (sku) REFERENCES product (sku)
);
