'use strict';

// Elements. Whatever comes from the application becomes a text node or an attribute, never markup.

const SVG = 'http://www.w3.org/2000/svg';

function el(name, attributes, ...children) {
	return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
	return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (value !== undefined && value !== null && value !== false) {
			element.setAttribute(name, value === true ? '' : value);
		}
	}
	element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
	return element;
}

// Makes the children of an element those given, and keeps what is there already: with it the focus, a selection, an
// open part, the place that was scrolled to.
function update(element, children) {
	const wanted = children.flat(Infinity).filter((child) => child !== null && child !== undefined);
	const present = [...element.childNodes];
	wanted.forEach((child, index) => {
		const node = typeof child === 'object' ? child : document.createTextNode(child);
		if (index < present.length) {
			patch(present[index], node);
		}
		else {
			element.append(node);
		}
	});
	present.slice(wanted.length).forEach((surplus) => surplus.remove());
}

function patch(present, wanted) {
	if (present.nodeName !== wanted.nodeName || present.id !== wanted.id) {
		present.replaceWith(wanted);
	}
	else if (present.nodeType === Node.TEXT_NODE) {
		if (present.nodeValue !== wanted.nodeValue) {
			present.nodeValue = wanted.nodeValue;
		}
	}
	else {
		patchAttributes(present, wanted);
		update(present, [...wanted.childNodes]);
	}
}

function patchAttributes(present, wanted) {
	for (const name of present.getAttributeNames()) {
		// Whether a part is open is for the reader to say.
		if (!wanted.hasAttribute(name) && name !== 'open') {
			present.removeAttribute(name);
		}
	}
	for (const name of wanted.getAttributeNames()) {
		if (present.getAttribute(name) !== wanted.getAttribute(name)) {
			present.setAttribute(name, wanted.getAttribute(name));
		}
	}
}
