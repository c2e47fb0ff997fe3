package io.dbop.sample.attribute;

import java.util.List;
import java.util.Map;

import io.dbop.sample.history.Change;
import io.dbop.sample.problem.NotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products/{sku}/attributes")
class AttributeController {

	private final ProductAttributes attributes;

	AttributeController(ProductAttributes attributes) {
		this.attributes = attributes;
	}

	@PatchMapping
	Map<String, @Nullable Object> add(@PathVariable String sku, @RequestBody Map<String, @Nullable Object> added) {
		return this.attributes.add(sku, added).fields();
	}

	@GetMapping
	Map<String, @Nullable Object> get(@PathVariable String sku) {
		return this.attributes.get(sku).orElseThrow(() -> new NotFoundException("attributes", sku)).fields();
	}

	@GetMapping("/history")
	List<Change> history(@PathVariable String sku) {
		return this.attributes.history(sku).stream().map(Change::of).toList();
	}

	@PostMapping("/history/{version}/restore")
	Map<String, @Nullable Object> restore(@PathVariable String sku, @PathVariable long version) {
		return this.attributes.restore(sku, version)
			.orElseThrow(() -> new NotFoundException("version", sku + "/" + version))
			.fields();
	}

}
