package io.dbop.sample.catalog;

import java.util.List;

import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
class ProductController {

	private final Products products;

	ProductController(Products products) {
		this.products = products;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Product add(@Valid @RequestBody Product product) {
		this.products.add(product);
		return product;
	}

	@GetMapping
	List<Product> list() {
		return this.products.list();
	}

}
