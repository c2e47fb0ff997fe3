package io.dbop.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import io.dbop.circuit.Breaker;
import io.dbop.circuit.BreakerRegistry;
import io.dbop.circuit.BreakerSettings;
import io.dbop.failure.FailureClassifier;
import io.dbop.pool.ConnectionPool;
import io.dbop.sql.CacheStatistics;
import io.dbop.sql.SqlTranslator;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * Runs the operations of one alias. It holds what they share: the pool, the transaction
 * manager, the settings, the extensions of the application. Thread-safe.
 */
public final class DatabaseEngine {

	private static final int MAX_OPERATIONS = 1000;

	private final ConnectionPool pool;

	private final SingletonSupplier<DataSource> dataSource;

	private final TransactionAccess transactions;

	private final RetrySettings retry;

	private final @Nullable RetryBudget retryBudget;

	private final @Nullable BreakerRegistry breakers;

	private final List<PreAttemptHook> hooks;

	private final boolean hooksNeedTransaction;

	private final Listeners listeners;

	private final @Nullable ExecutionObserver observer;

	private final Judge judge;

	private final Ticker ticker;

	private final TurnedAway turnedAway = new TurnedAway();

	private final Map<String, OperationStatistics> statistics = new ConcurrentHashMap<>();

	private final WriteCounts writes = new WriteCounts();

	/** Made when it is first needed: many an application has no use for it. */
	private volatile @Nullable SqlTranslator translator;

	private final Caches caches = new Caches();

	private final List<Consumer<OperationStatistics>> operationObservers = new CopyOnWriteArrayList<>();

	/**
	 * Creates the engine of an alias whose data source stands inside another one.
	 * @param pool the pool of the alias
	 * @param dataSource the data source that the application uses, and its transaction
	 * manager: that of the pool, or a wrapper around it; asked for when first needed
	 * @param transactionManager its transaction manager, asked for when first needed
	 * @param retry its retry settings
	 * @param breakers the circuit breakers, {@code null} for none
	 * @param extensions what the application brings along
	 */
	public DatabaseEngine(ConnectionPool pool, Supplier<DataSource> dataSource,
			Supplier<PlatformTransactionManager> transactionManager, RetrySettings retry,
			@Nullable BreakerRegistry breakers, Extensions extensions) {
		this(pool, dataSource, transactionManager, retry, breakers, extensions, Ticker.system());
	}

	/**
	 * Creates the engine of an alias.
	 * @param pool the pool of the alias
	 * @param transactionManager its transaction manager, asked for when first needed
	 * @param retry its retry settings
	 * @param breakers the circuit breakers, {@code null} for none
	 * @param extensions what the application brings along
	 */
	public DatabaseEngine(ConnectionPool pool, Supplier<PlatformTransactionManager> transactionManager,
			RetrySettings retry, @Nullable BreakerRegistry breakers, Extensions extensions) {
		this(pool, transactionManager, retry, breakers, extensions, Ticker.system());
	}

	DatabaseEngine(ConnectionPool pool, Supplier<PlatformTransactionManager> transactionManager, RetrySettings retry,
			@Nullable BreakerRegistry breakers, Extensions extensions, Ticker ticker) {
		this(pool, pool::dataSource, transactionManager, retry, breakers, extensions, ticker);
	}

	private DatabaseEngine(ConnectionPool pool, Supplier<DataSource> dataSource,
			Supplier<PlatformTransactionManager> transactionManager, RetrySettings retry,
			@Nullable BreakerRegistry breakers, Extensions extensions, Ticker ticker) {
		this.pool = pool;
		this.dataSource = SingletonSupplier.of(dataSource);
		this.transactions = new TransactionAccess(transactionManager);
		this.retry = retry;
		this.retryBudget = (retry.budget() != null) ? new RetryBudget(retry.budget(), this::payingCalls) : null;
		this.breakers = breakers;
		this.hooks = List.copyOf(extensions.hooks());
		this.hooksNeedTransaction = this.hooks.stream().anyMatch(PreAttemptHook::needsTransaction);
		this.listeners = new Listeners(extensions.listeners());
		this.observer = (extensions.observer() != null) ? new GuardedObserver(extensions.observer()) : null;
		this.judge = new Judge(pool, extensions.classifiers());
		this.ticker = ticker;
		this.caches.add("translations", this::translations);
	}

	/**
	 * Resolves an operation.
	 * @param spec how it is to be run
	 * @param <T> what it returns
	 * @return the plan, to be kept and run as often as wanted
	 */
	public <T extends @Nullable Object> ExecutionPlan plan(Consumer<? super ExecutionSpec<T>> spec) {
		DefaultExecutionSpec<T> collected = new DefaultExecutionSpec<>(this);
		spec.accept(collected);
		return new ExecutionPlan(this, collected.settings());
	}

	/**
	 * The alias of the database.
	 * @return the alias
	 */
	public String alias() {
		return this.pool.alias();
	}

	/**
	 * The pool of the database.
	 * @return the pool
	 */
	public ConnectionPool pool() {
		return this.pool;
	}

	/**
	 * The data source that the application uses: transactions are bound to it.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource.obtain();
	}

	/**
	 * The transaction manager of the database.
	 * @return the transaction manager
	 */
	public PlatformTransactionManager transactionManager() {
		return this.transactions.manager();
	}

	/**
	 * Translates statements into the SQL of the database, and remembers them.
	 * @return the translator
	 */
	public synchronized SqlTranslator translator() {
		SqlTranslator known = this.translator;
		if (known == null) {
			known = new SqlTranslator(alias(), () -> this.pool.dialect().syntax());
			this.translator = known;
		}
		return known;
	}

	/**
	 * How often a translated statement was found, and how often not.
	 * @return the figures of now
	 */
	public CacheStatistics translations() {
		SqlTranslator known = this.translator;
		return (known != null) ? known.statistics() : CacheStatistics.NONE;
	}

	/**
	 * The caches of the database, that of translated statements among them.
	 * @return the caches
	 */
	public Caches caches() {
		return this.caches;
	}

	/**
	 * What the operations have done so far, by name.
	 * @return the statistics of every operation that was resolved
	 */
	public Collection<OperationStatistics> statistics() {
		return List.copyOf(this.statistics.values());
	}

	/**
	 * Counts writes that could be committed together, and those that are.
	 * @return the counts
	 */
	public WriteCounts writes() {
		return this.writes;
	}

	/**
	 * Tells of every operation, those there are and those to come.
	 * @param observer told once of each, when it is resolved
	 */
	public void onOperation(Consumer<OperationStatistics> observer) {
		this.operationObservers.add(observer);
		this.statistics.values().forEach(observer);
	}

	/**
	 * Has a task, when another thread runs it, observed as part of what is observed here
	 * and now.
	 * @param task the task
	 * @param <T> what it returns
	 * @return the task to run in its place
	 */
	public <T extends @Nullable Object> Supplier<T> carried(Supplier<T> task) {
		return (this.observer != null) ? this.observer.carried(task) : task;
	}

	/** Names are as good as tags, so that there must be an end to them. */
	OperationStatistics statistics(String operation) {
		OperationStatistics known = this.statistics.get(operation);
		if (known != null) {
			return known;
		}
		String name = (this.statistics.size() < MAX_OPERATIONS) ? operation : "(other)";
		OperationStatistics created = new OperationStatistics(name);
		OperationStatistics earlier = this.statistics.putIfAbsent(name, created);
		if (earlier != null) {
			return earlier;
		}
		this.operationObservers.forEach((observer) -> observer.accept(created));
		return created;
	}

	@Nullable Breaker breaker() {
		BreakerRegistry present = breakers();
		return (present != null) ? present.breaker(alias()) : null;
	}

	@Nullable Breaker breaker(String name, UnaryOperator<BreakerSettings> settings) {
		BreakerRegistry present = breakers();
		return (present != null) ? present.breaker(name, alias(), settings.apply(present.settings(alias()))) : null;
	}

	/** None is made for a database that has gone: nobody would remove it. */
	private @Nullable BreakerRegistry breakers() {
		return this.pool.closed() ? null : this.breakers;
	}

	/**
	 * What keeps the retries of the database from multiplying its load.
	 * @return the budget, or {@code null} if there is none
	 */
	public @Nullable RetryBudget retryBudget() {
		return this.retryBudget;
	}

	private long payingCalls() {
		long calls = 0;
		for (OperationStatistics each : this.statistics.values()) {
			calls += each.payingCalls();
		}
		return calls;
	}

	/**
	 * Whether the caller is in a transaction of this database's transaction manager, not
	 * of another's alone.
	 * @return whether there is one
	 */
	public boolean inTransaction() {
		return this.transactions.active();
	}

	/**
	 * Whether what is done through the data source of the database is part of a
	 * transaction, be it one that another manager has begun.
	 * @return whether somebody else commits it
	 */
	public boolean withinTransaction() {
		if (!(TransactionSynchronizationManager.getResource(dataSource()) instanceof ConnectionHolder holder)) {
			return inTransaction();
		}
		try {
			boolean begun = holder.getConnectionHandle() != null && this.pool.commitsEach()
					&& !holder.getConnection().getAutoCommit();
			return begun || inTransaction();
		}
		catch (SQLException ex) {
			return true;
		}
	}

	/**
	 * Whether hooks are of use in a transaction alone.
	 * @return whether a statement has to be given one
	 */
	public boolean hooksNeedTransaction() {
		return this.hooksNeedTransaction;
	}

	TransactionAccess transactions() {
		return this.transactions;
	}

	RetrySettings retry() {
		return this.retry;
	}

	List<PreAttemptHook> hooks() {
		return this.hooks;
	}

	Listeners listeners() {
		return this.listeners;
	}

	@Nullable ExecutionObserver observer() {
		return this.observer;
	}

	TurnedAway turnedAway() {
		return this.turnedAway;
	}

	Judge judge() {
		return this.judge;
	}

	long now() {
		return this.ticker.now();
	}

	void sleep(Duration delay) throws InterruptedException {
		this.ticker.sleep(delay);
	}

	Backoff backoff(RetrySettings settings) {
		return new Backoff(settings, () -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * What an application brings along for the operations of all its databases.
	 *
	 * @param classifiers asked, in this order, before the dialect
	 * @param hooks called before every attempt
	 * @param listeners told of every operation
	 * @param observer told where operations and attempts begin and end, {@code null} for
	 * nobody: then there is nothing in the pipeline for it
	 */
	public record Extensions(List<FailureClassifier> classifiers, List<PreAttemptHook> hooks,
			List<ExecutionListener> listeners, @Nullable ExecutionObserver observer) {

		/**
		 * No extensions.
		 * @return empty lists, and no observer
		 */
		public static Extensions none() {
			return new Extensions(List.of(), List.of(), List.of(), null);
		}

	}

}
