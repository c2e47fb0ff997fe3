CREATE TABLE IF NOT EXISTS daily_turnover (
	sold_on        VARCHAR(10) NOT NULL PRIMARY KEY,
	orders         BIGINT      NOT NULL,
	turnover_cents BIGINT      NOT NULL,
	as_of          BIGINT      NOT NULL
);
