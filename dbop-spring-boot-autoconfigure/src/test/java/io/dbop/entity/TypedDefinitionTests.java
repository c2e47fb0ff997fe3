package io.dbop.entity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.dbop.entity.value.EntitySerializer;
import io.dbop.test.DatabaseInstance;
import io.dbop.test.EachDatabase;
import io.dbop.test.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What can be a typed entity, and what its mode allows. */
@EachDatabase(TestDatabase.H2)
class TypedDefinitionTests {

	private final DatabaseInstance instance;

	private EntityFixture fixture;

	TypedDefinitionTests(DatabaseInstance instance) {
		this.instance = instance;
		this.fixture = new EntityFixture(instance);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, NoId.class, WrongId.class, WrongName.class, WrongField.class, NoBean.class,
			Runnable.class })
	void whenAClassCannotBeAnEntityThenItIsRefusedByName(Class<?> type) {
		assertThatExceptionOfType(InvalidEntityException.class).isThrownBy(() -> this.fixture.entities().typed(type));
	}

	@Test
	void whenTheModeIsValidateThenWhatIsMissingIsNamed() {
		EntityRepository<Thing> things = things(EntityMode.VALIDATE);
		assertThatExceptionOfType(EntitySchemaException.class).isThrownBy(things::prepare)
			.withMessageContaining("'things'")
			.withMessageContaining("CREATE TABLE");
		things(EntityMode.EVOLVE).prepare();
		things(EntityMode.VALIDATE).prepare();
	}

	@Test
	void whenTheModeIsNoneThenNobodyLooks() {
		things(EntityMode.NONE).prepare();
		assertThat(things(EntityMode.NONE).plan()).isNotEmpty();
	}

	@Test
	void whenTheModeIsCreateThenAllColumnsAreMadeAtOnce() {
		EntityRepository<Thing> things = things(EntityMode.CREATE);
		things.save(new Thing("1", null, null));
		assertThat(things.save(new Thing("2", "x", 7)).size()).isEqualTo(7);
		assertThatExceptionOfType(EntitySchemaException.class)
			.isThrownBy(() -> this.fixture.entities().save("things", Map.of("other", 1)));
	}

	@Test
	void whenAnOtherTypeIsThereThenPreparingIsRefused() {
		this.fixture.entities().save("things", Map.of("size", "large"));
		assertThatExceptionOfType(EntityTypeException.class)
			.isThrownBy(() -> this.fixture.entities().typed(Thing.class).prepare())
			.withMessageContaining("'size'");
	}

	@Test
	void whenAConflictBecomesTextThenNothingStaysNothing() {
		EntitySettings defaults = EntitySettings.defaults();
		restart(new EntitySettings(EntityMode.EVOLVE, Map.of(), TypeConflict.TEXT, 500, defaults.schemaLockTimeout()));
		this.fixture.entities().save("things", Map.of("size", "large"));
		EntityRepository<Thing> things = this.fixture.entities().typed(Thing.class);
		assertThat(things.save(new Thing("1", null, null)).size()).isNull();
		assertThat(things.save(new Thing("2", null, 5)).size()).isEqualTo(5);
	}

	@Test
	void whenATypeHasASerializerThenItIsKeptWhereverItStands() {
		this.fixture.close();
		this.fixture = new EntityFixture(this.instance, EntitySettings.defaults(), List.of(new MoneySerializer()),
				UnaryOperator.identity());
		EntityRepository<Purse> purses = this.fixture.entities().typed(Purse.class);
		Purse purse = new Purse("1", new Money(5), List.of(new Money(1), new Money(2)),
				Optional.of(Map.of("x", new Money(3))), new Purse.Pocket(new Money(4), List.of(new Money(6))));
		assertThat(purses.save(purse)).isEqualTo(purse);
		assertThat(purses.save(new Purse("2", null, null, Optional.empty(), null)).all()).isEmpty();
		assertThat(purses.find(EntityQuery.where("[one] = ?", new Money(5)))).containsExactly(purse);
	}

	private EntityRepository<Thing> things(EntityMode mode) {
		EntitySettings defaults = EntitySettings.defaults();
		restart(new EntitySettings(EntityMode.EVOLVE, Map.of("things", mode), defaults.onTypeConflict(),
				defaults.maxFields(), defaults.schemaLockTimeout()));
		return this.fixture.entities().typed(Thing.class);
	}

	private void restart(EntitySettings settings) {
		this.fixture.close();
		this.fixture = new EntityFixture(this.instance, settings);
	}

	@DbEntity("things")
	record Thing(String id, String name, Integer size) {
	}

	record Money(long cents) {
	}

	@DbEntity("purses")
	record Purse(String id, Money one, List<Money> many, Optional<Map<String, Money>> all, Pocket pocket) {

		record Pocket(Money one, List<Money> many) {
		}

	}

	static class MoneySerializer implements EntitySerializer<Money> {

		@Override
		public Class<Money> type() {
			return Money.class;
		}

		@Override
		public Object serialize(Money value) {
			return value.cents() + " ct";
		}

		@Override
		public Money deserialize(Object value) {
			return new Money(Long.parseLong(((String) value).replace(" ct", "")));
		}

	}

	@DbEntity("no_id")
	record NoId(String name) {
	}

	@DbEntity("wrong_id")
	record WrongId(Double id) {
	}

	@DbEntity("users_history")
	record WrongName(String id) {
	}

	@DbEntity("wrong_field")
	record WrongField(String id, String created_at) {
	}

	@DbEntity("no_bean")
	static class NoBean {

		NoBean(String id) {
			this.id = id;
		}

		private final String id;

		public String getId() {
			return this.id;
		}

	}

}
