package io.dbop.sample.history;

import io.dbop.entity.EntityUser;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Takes whoever a request says it is from. An application with Spring Security needs no
 * such bean.
 */
@Component
class RequestUser implements EntityUser {

	@Override
	public @Nullable String current() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)
				? request.getRequest().getHeader("X-User") : null;
	}

}
