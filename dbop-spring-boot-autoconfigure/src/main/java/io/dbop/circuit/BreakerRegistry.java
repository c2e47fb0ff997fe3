package io.dbop.circuit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.jspecify.annotations.Nullable;

/**
 * All circuit breakers: one per alias, named after it, and those that have a name of
 * their own. Thread-safe. Close it at shutdown; breakers then go on working but no longer
 * look for their database in the background.
 */
public final class BreakerRegistry implements AutoCloseable {

	private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

	private final Map<String, BreakerSettings> settings = new ConcurrentHashMap<>();

	private final Map<String, AliasProbe> probes = new ConcurrentHashMap<>();

	private final List<BreakerListener> listeners = new CopyOnWriteArrayList<>();

	private final List<Consumer<Breaker>> observers = new CopyOnWriteArrayList<>();

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	private final Machines machines;

	private final Time time;

	private final ProbeThreads threads;

	BreakerRegistry(Machines machines, Time time, ProbeThreads threads) {
		this.machines = machines;
		this.time = time;
		this.threads = threads;
		this.listeners.add(new BreakerLog());
		this.listeners.add(this::startProbing);
	}

	/**
	 * Creates a registry of its own.
	 * @return the registry
	 */
	public static BreakerRegistry create() {
		return new BreakerRegistry(new Machines(null), Time.system(), new DaemonProbeThreads());
	}

	/**
	 * Creates a registry whose breakers live in Resilience4j's, as {@code dbop.<name>},
	 * and are seen by whatever watches that. It hears of every success and refusal, which
	 * costs each call a lock; the durations it is told are 0.
	 * @param registry the registry to use
	 * @return the registry
	 */
	public static BreakerRegistry in(CircuitBreakerRegistry registry) {
		return new BreakerRegistry(new Machines(registry), Time.system(), new DaemonProbeThreads());
	}

	/**
	 * Sets up an alias, before its first breaker is asked for.
	 * @param alias the alias
	 * @param settings the settings of its default breaker
	 * @param probe how to find out if its database answers, {@code null} to leave
	 * recovery to time alone
	 */
	public void define(String alias, BreakerSettings settings, @Nullable HealthProbe probe) {
		BreakerSettings earlier = this.settings.putIfAbsent(alias, settings);
		if (earlier != null && !earlier.equals(settings)) {
			throw InvalidBreakerException.otherSettings(breaker(alias), settings);
		}
		if (probe != null) {
			this.probes.computeIfAbsent(alias, (key) -> new AliasProbe(alias, probe, this.threads, this.time));
		}
	}

	/**
	 * The settings of the default breaker of an alias.
	 * @param alias the alias
	 * @return its settings, the defaults if it was not set up
	 */
	public BreakerSettings settings(String alias) {
		return this.settings.getOrDefault(alias, BreakerSettings.defaults());
	}

	/**
	 * The default breaker of an alias, made when it is first asked for.
	 * @param alias the alias
	 * @return the breaker
	 */
	public Breaker breaker(String alias) {
		Breaker existing = this.breakers.get(alias);
		return (existing != null && existing.alias().equals(alias)) ? existing : breaker(alias, alias, settings(alias));
	}

	/**
	 * A breaker with a name, made when it is first asked for. All who name it share it.
	 * @param name the name
	 * @param alias the alias of the database that it guards
	 * @param settings when it opens and how it recovers
	 * @return the breaker
	 * @throws InvalidBreakerException if there is one of that name with another alias or
	 * other settings
	 */
	public Breaker breaker(String name, String alias, BreakerSettings settings) {
		Breaker breaker = this.breakers.get(name);
		if (breaker == null) {
			breaker = create(name, alias, settings);
		}
		if (!breaker.alias().equals(alias)) {
			throw InvalidBreakerException.otherAlias(breaker, alias);
		}
		if (!breaker.settings().equals(settings)) {
			throw InvalidBreakerException.otherSettings(breaker, settings);
		}
		return breaker;
	}

	private Breaker create(String name, String alias, BreakerSettings settings) {
		Breaker created = this.breakers.computeIfAbsent(name,
				(key) -> new Breaker(name, alias, settings, this.machines, this.time, this.listeners));
		if (this.told.add(name)) {
			this.observers.forEach((observer) -> observer.accept(created));
		}
		return created;
	}

	/**
	 * Tells of every breaker, those there are and those to come.
	 * @param observer told once of each
	 */
	public void onBreaker(Consumer<Breaker> observer) {
		this.observers.add(observer);
		this.breakers.values().forEach(observer);
	}

	/**
	 * All breakers made so far.
	 * @return the breakers
	 */
	public List<Breaker> all() {
		return List.copyOf(this.breakers.values());
	}

	/**
	 * Adds one who hears of every change of state of every breaker.
	 * @param listener the listener
	 */
	public void addListener(BreakerListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Forgets an alias and its breakers, as when its database is closed for good.
	 * @param alias the alias
	 */
	public void remove(String alias) {
		for (Breaker breaker : all()) {
			if (breaker.alias().equals(alias)) {
				this.breakers.remove(breaker.name());
				this.machines.remove(breaker.name());
				this.told.remove(breaker.name());
			}
		}
		this.settings.remove(alias);
		AliasProbe probe = this.probes.remove(alias);
		if (probe != null) {
			probe.close();
		}
	}

	@Override
	public void close() {
		this.probes.values().forEach(AliasProbe::close);
		this.threads.close();
		this.breakers.keySet().forEach(this.machines::remove);
	}

	private void startProbing(Breaker breaker, BreakerState from, BreakerState to) {
		AliasProbe probe = this.probes.get(breaker.alias());
		if (to == BreakerState.OPEN && breaker.settings().recovery() == BreakerSettings.Recovery.PROBE
				&& probe != null) {
			probe.opened(breaker, from);
		}
	}

}
