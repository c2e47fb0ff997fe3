package io.dbop.autoconfigure.entity.shop;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** An application with repositories in its package. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class Shop {

}
