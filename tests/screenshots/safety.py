"""The screenshots of accounts and safety."""


def of_safety(shots):
    """The administrator reads the log and the rights, and sees the desk as the reporter."""
    page = shots.colleague
    shots.open(page, "/admin/auth/group/rights/")
    shots.keep(page, "rights", height=620)
    shots.open(page, "/admin/account/second-factor/")
    shots.keep(page, "second-factor", height=620)
    shots.sign_in(page.context.browser, "administrator").context.close()
    shots.open(page, "/admin/account/sessions/")
    shots.keep(page, "sessions", height=420)
    shots.open(page, "/admin/log/?kind=articles.post")
    shots.keep(page, "log", height=760)
    shots.open(page, "/admin/auth/user/")
    page.get_by_role("link", name="reporter", exact=True).click()
    page.get_by_role("button", name="See the desk as this person").click()
    page.wait_for_load_state("networkidle")
    shots.keep(page, "see-as", height=420)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_load_state("networkidle")
