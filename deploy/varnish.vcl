# A cache between the server that speaks TLS and Newsroom. Put in /etc/varnish/default.vcl.
# It keeps a page for as long as the page allows, and forgets it when it is told to:
#   NEWSROOM_PURGE=varnish://127.0.0.1:6081 and, say, NEWSROOM_SHARED_CACHE_SECONDS=3600
vcl 4.1;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 30s;
}

# The machines that run the site and its timer: they say what is to be forgotten.
acl newsroom {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # What comes from the world comes through the server in front, which says how.
        if (client.ip !~ newsroom || req.http.X-Forwarded-Proto) {
            return (synth(405));
        }
        if (req.http.Surrogate-Key !~ "^[a-z0-9-]+( [a-z0-9-]+)*$") {
            return (synth(400));
        }
        ban("obj.http.Surrogate-Key ~ (?<!\S)(" + regsuball(req.http.Surrogate-Key, " ", "|") + ")(?!\S)");
        return (synth(200, "Forgotten"));
    }
    if (req.url ~ "^/(admin|preview)/" || req.http.Cookie ~ "(^|; *)sessionid=") {
        return (pass);
    }
    # No page asks for one.
    unset req.http.Cookie;
}

sub vcl_hash {
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_backend_response {
    # What says nothing of its lifetime has none.
    if (beresp.http.Cache-Control !~ "max-?age=[1-9]") {
        set beresp.ttl = 0s;
    }
    # An old page is shown while a new one is fetched for as long as it says, and else never.
    if (beresp.http.Cache-Control !~ "stale-while-revalidate=[0-9]") {
        set beresp.grace = 0s;
    }
    # A page that has only aged is renewed by a 304.
    set beresp.keep = 10m;
    if (beresp.http.Content-Type ~ "(text/|json|xml|javascript)") {
        set beresp.do_gzip = true;
    }
}

sub vcl_deliver {
    # These were for this cache alone. Leave them when another one stands in front of it.
    unset resp.http.Surrogate-Key;
    unset resp.http.Cache-Tag;
    if (resp.http.Cache-Control ~ "s-maxage") {
        set resp.http.Cache-Control = "public, max-age=0, must-revalidate";
        unset resp.http.Age;
    }
}
