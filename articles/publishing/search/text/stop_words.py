"""Words so common that they find nothing: left out of the index and of questions."""

_LISTS = {
    "en": "a about an and are as at be been but by d did do does for from had has have he her him "
    "his i if in into is it its ll m me my no nor not of on or our re s she so such t than that "
    "the their them then there these they this those to too ve was we were what when which while "
    "who will with would you your",
    "fr": "a ai au aux avec c ce ces cette d dans de des du elle elles en est et eux il ils j je l "
    "la le les leur leurs lui m ma mais me mes mon n ne nos notre nous on ou par pas pour qu que "
    "qui s sa se ses son sont sur t ta te tes ton tu un une vos votre vous y",
    "de": "aber als am an auch auf aus bei bin bis das dass dem den der des die doch du ein eine "
    "einem einen einer eines er es fur hat ich ihr im in ist ja kein mit nach nicht noch nur oder "
    "sein sich sie sind so um und uns vom von vor war was wenn wer wie wir wird zu zum zur",
    "es": "a al como con de del el ella en entre es esta este esto fue ha han la las le les lo los "
    "mas me mi no o para pero por que se si sin sobre son su sus te tu un una uno y ya yo",
    "it": "a ad ai al alla alle c che chi ci come con d da dal dalla degli dei del della delle di "
    "e ed ha hanno i il in io l la le lo loro ma mi ne nei nel nella non o per piu s se si sono su "
    "sua sue sul sulla suo te ti tra tu un una uno",
    "pt": "a ao aos as com como da das de do dos e ela ele em entre era essa esse esta este eu foi "
    "ha isso ja mais mas me na nao nas no nos o os ou para pela pelo por que se sem ser seu sua "
    "te um uma",
    "nl": "aan al als bij dat de den der des die dit door een en er het hij hun ik in is je kan "
    "maar me met mijn naar niet nog nu of om ook op over te tot uit van voor was wat we wel werd "
    "wie wij zal ze zich zij zijn zo",
    "sv": "att av de den det du en er ett for fran han har hon i inte jag kan med men nar och om "
    "pa sa sig sin som till ut var vi",
    "da": "af at da de den der det du en er et for fra han har hun i ikke jeg kan med men og om "
    "pa sa sig sin som til ud var vi",
    "no": "av at da de den der det du en er et for fra han har hun i ikke jeg kan med men og om "
    "pa sa seg sin som til ut var vi",
    "ru": "а без бы был была были было в вы где да для до его ее если есть же за и из или им их к "
    "как ко когда кто ли мы на не но о об он она они от по при с со так то ты у уже что это я",
}

STOPS = {code: frozenset(words.split()) for code, words in _LISTS.items()}
