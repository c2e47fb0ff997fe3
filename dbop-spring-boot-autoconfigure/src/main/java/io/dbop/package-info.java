/**
 * Resilient and observable SQL database access for Spring Boot.
 * <p>
 * The map of the packages. A package may use only those above it in this list.
 * <dl>
 * <dt>{@code io.dbop}</dt>
 * <dd>the root of the exceptions</dd>
 * <dt>{@code io.dbop.failure}</dt>
 * <dd>what a failure means: classifiers, kinds, phases</dd>
 * <dt>{@code io.dbop.sql}</dt>
 * <dd>universal SQL: lexer, identifiers, translation and its cache</dd>
 * <dt>{@code io.dbop.disclosure}</dt>
 * <dd>what of statements, parameters and results may stand in a log</dd>
 * <dt>{@code io.dbop.dialect}</dt>
 * <dd>what differs between databases: quoting, timeouts, upsert, DDL, types, error
 * tables</dd>
 * <dt>{@code io.dbop.pool}</dt>
 * <dd>configuration and connection pool of each alias, acquisitions, leaks</dd>
 * <dt>{@code io.dbop.circuit}</dt>
 * <dd>circuit breakers</dd>
 * <dt>{@code io.dbop.execution}</dt>
 * <dd>the pipeline that every call runs through, attempt scopes, deadlines, the
 * programmatic API</dd>
 * <dt>{@code io.dbop.annotation}</dt>
 * <dd>the annotations</dd>
 * <dt>{@code io.dbop.entity}</dt>
 * <dd>entities: model, schema, codecs, history, repository</dd>
 * <dt>{@code io.dbop.database}</dt>
 * <dd>the facade: SQL, entities, transactions, synchronous and not</dd>
 * <dt>{@code io.dbop.observation}</dt>
 * <dd>meters and observations</dd>
 * <dt>{@code io.dbop.scaling}</dt>
 * <dd>advice on pools and servers, with reasons</dd>
 * <dt>{@code io.dbop.aop}</dt>
 * <dd>the advisor and the interceptor behind the annotations</dd>
 * <dt>{@code io.dbop.actuate}</dt>
 * <dd>endpoint, health, dashboard</dd>
 * <dt>{@code io.dbop.autoconfigure}</dt>
 * <dd>properties, auto-configurations, failure analyses</dd>
 * </dl>
 */
@NullMarked
package io.dbop;

import org.jspecify.annotations.NullMarked;
