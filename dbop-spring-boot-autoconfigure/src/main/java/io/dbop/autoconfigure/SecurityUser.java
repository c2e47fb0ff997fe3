package io.dbop.autoconfigure;

import io.dbop.entity.EntityUser;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The user of entities is who has logged in, as Spring Security names him. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnMissingBean(EntityUser.class)
class SecurityUser {

	@Bean
	EntityUser dbopSecurityUser() {
		return SecurityUser::current;
	}

	private static @Nullable String current() {
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		if (who == null || !who.isAuthenticated() || who instanceof AnonymousAuthenticationToken) {
			return null;
		}
		return who.getName().isBlank() ? null : who.getName();
	}

}
