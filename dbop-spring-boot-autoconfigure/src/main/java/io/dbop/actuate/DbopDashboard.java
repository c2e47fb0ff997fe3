package io.dbop.actuate;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;

/**
 * The dashboard: what the endpoint {@code dbop} answers to a client that would rather
 * have HTML than JSON, as a browser does. It is an operation of the endpoint, and so has
 * its path, port, exposure, access and security. Nothing else is ever loaded for the page
 * than the endpoint itself. Thread-safe.
 */
@EndpointWebExtension(endpoint = DbopEndpoint.class)
public final class DbopDashboard {

	/**
	 * HTML at a quality below that of the endpoint's JSON: who has no preference between
	 * the two gets JSON, and no request is ambiguous.
	 */
	private static final String LESS_THAN_JSON = "text/html;q=0.5";

	private static final MimeType HTML = MimeType.valueOf("text/html;charset=UTF-8");

	private final String page;

	/**
	 * Creates the dashboard.
	 * @param writable whether the endpoint has write operations, which the page offers
	 * then
	 */
	public DbopDashboard(boolean writable) {
		this.page = DashboardPage.assemble(writable);
	}

	/**
	 * The page, which is the same for everybody and holds no data.
	 * @return the page
	 */
	@ReadOperation(produces = LESS_THAN_JSON)
	public WebEndpointResponse<String> page() {
		return new WebEndpointResponse<>(this.page, WebEndpointResponse.STATUS_OK, HTML);
	}

}
