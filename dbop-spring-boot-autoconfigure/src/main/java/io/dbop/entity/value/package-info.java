/**
 * The values of entities: which types they may have, how columns hold them, and how what
 * comes back equals what went in.
 * <p>
 * A column holds the nearest value that the database can, so that SQL compares and sorts
 * it rightly. Where that is not the value itself, as with the nanoseconds of an instant
 * or the scale of a decimal, the row has the value beside it as typed JSON.
 * <table border="1">
 * <caption>Types of fields</caption>
 * <tr>
 * <th>type</th>
 * <th>column</th>
 * <th>values; those after the bar come back as the type's own</th>
 * </tr>
 * <tr>
 * <td>boolean</td>
 * <td>BOOLEAN</td>
 * <td>Boolean | AtomicBoolean</td>
 * </tr>
 * <tr>
 * <td>byte, short, int</td>
 * <td>INTEGER</td>
 * <td>Byte, Short, Integer | Year, AtomicInteger, OptionalInt</td>
 * </tr>
 * <tr>
 * <td>long</td>
 * <td>BIGINT</td>
 * <td>Long | AtomicLong, OptionalLong</td>
 * </tr>
 * <tr>
 * <td>duration</td>
 * <td>BIGINT, nanoseconds</td>
 * <td>Duration</td>
 * </tr>
 * <tr>
 * <td>biginteger, decimal</td>
 * <td>NUMERIC</td>
 * <td>BigInteger, BigDecimal</td>
 * </tr>
 * <tr>
 * <td>float, double</td>
 * <td>DOUBLE</td>
 * <td>Float, Double | OptionalDouble</td>
 * </tr>
 * <tr>
 * <td>string, char, enum</td>
 * <td>TEXT</td>
 * <td>String, Character, Enum | any CharSequence, Currency, Locale, MonthDay, OffsetTime,
 * Path, Period, TimeZone, URI, URL, YearMonth, ZoneId</td>
 * </tr>
 * <tr>
 * <td>bytes, uuid</td>
 * <td>BYTES, UUID</td>
 * <td>byte[], UUID</td>
 * </tr>
 * <tr>
 * <td>date, time, datetime</td>
 * <td>DATE, TIME, DATETIME</td>
 * <td>LocalDate, LocalTime, LocalDateTime | java.sql.Date, java.sql.Time</td>
 * </tr>
 * <tr>
 * <td>instant, offsetdatetime, zoneddatetime</td>
 * <td>INSTANT, in UTC</td>
 * <td>Instant, OffsetDateTime, ZonedDateTime | java.util.Date, java.sql.Timestamp,
 * Calendar</td>
 * </tr>
 * <tr>
 * <td>json</td>
 * <td>JSON</td>
 * <td>Map, List, Set, arrays | other collections as lists, records and beans as maps, by
 * Jackson</td>
 * </tr>
 * <tr>
 * <td>custom</td>
 * <td>that of what the {@link io.dbop.entity.value.EntitySerializer} gives</td>
 * <td>what the application brings a serializer for</td>
 * </tr>
 * </table>
 * {@code Optional} and {@code AtomicReference} stand for what is in them. Within JSON the
 * types are the same; what is nested more than 32 deep is refused. A record or bean that
 * is turned into a map has its properties in the form that Jackson gives them: numbers
 * and bytes as they are, dates, enums and UUIDs as texts.
 */
@NullMarked
package io.dbop.entity.value;

import org.jspecify.annotations.NullMarked;
