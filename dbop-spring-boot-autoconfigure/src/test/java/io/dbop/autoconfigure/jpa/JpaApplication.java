package io.dbop.autoconfigure.jpa;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application, auto-configured as its users are. */
@SpringBootApplication
public class JpaApplication {

	/** A controller that needs no database. */
	@RestController
	static class Greeting {

		@GetMapping("/greeting")
		String greeting() {
			return "hello";
		}

	}

}
