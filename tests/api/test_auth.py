from tests.api.conftest import PASSWORD, Client


async def test_registering_signs_in(renter: Client) -> None:
    me = (await renter.get("auth/me")).json()

    assert me == {
        "id": renter.id,
        "name": "Rita",
        "email": "rita@example.org",
        "email_verified": False,
        "telegram_linked": False,
        "verified": False,
        "user_type": "both",
        "language": "en",
        "member_since": "2030-06-03T12:00:00Z",
    }


async def test_x(anybody, http):
    r = await http.get("/openapi.json")
    assert r.status_code == 200, r.text
    print(r.text[:3000])
    r = await http.get("/docs/assets/swagger-ui.css")
    assert r.status_code == 200
    r = await anybody.get("auth/me")
    print(r.status_code, r.text, r.headers)
    r = await anybody.post("auth/login", email="a@b.example")
    print(r.status_code, r.text, r.headers)
    r = await anybody.post("auth/login", email="a@b.example", password="x" * 70000)
    print(r.status_code, r.text, r.headers)
    r = await anybody.call("TRACE", "auth/login")
    print(r.status_code, r.text, r.headers)


async def test_y(anybody):
    r = await anybody.call("PATCH", "spaces")
    print(r.headers["allow"])
    assert 0
