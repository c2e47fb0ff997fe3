package io.dbop.autoconfigure;

import io.dbop.entity.EntityUser;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.AuditorAware;

/** The user of entities is the auditor that Spring Data is told. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(AuditorAware.class)
@ConditionalOnMissingBean(EntityUser.class)
@ConditionalOnSingleCandidate(AuditorAware.class)
class AuditorUser {

	@Bean
	EntityUser dbopAuditorUser(ObjectProvider<AuditorAware<?>> auditors) {
		return () -> auditors.getObject().getCurrentAuditor().map(Object::toString).orElse(null);
	}

}
