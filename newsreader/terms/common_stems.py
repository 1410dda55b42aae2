"""How common English stems are in any news, for libraries that are too small to tell.

Without it, a library of two articles would take "company", "said" and "week" for evidence that they are one story.
"""

from __future__ import annotations

COMMON_STEMS: dict[int, str] = {
    700: """
    a about after also an and are as at be been billion but by company for from had has have in is it its
    last market more not of on or percent said than that the thi to up was were which will with would year
    """,
    350: """
    accord add all analyst any back bank because before business can cost could debt down earlier economic
    economy end expect financial firm first fund global government growth he help high if includ into
    investment investor like million month most much need next no now one other out over part plan quarter
    sal say see shar show since so some still stock such their there they time told two under week well what
    when while who world
    """,
    180: """
    account against ago agre ahead allow already among announc annual another around ask asset average being
    below better between big biggest board bond boost both buy call cash cent central chang clear clos close
    com come comment compar concern conference consider consumer continu continue country credit crisi
    currency current cut data day deal decision declin demand did director do doe dollar due dur ear earning
    economist effort equity estimat euro even expectation fall far fell follow forecast further future gain
    get go going good grow half head higher his hit hold how increas increase index industry interest issu
    job just keep key large largest late lead least less level little loan long look loss low lower made
    major mak make maker many meet might money mov move near number off offer official only open order our
    outlook own past pay people per period point policy post potential pric price private problem product
    profit program public push put question rais rat rate reach real recent recession record recovery
    regulator remain result return revenue right rise risk rival rose same second sector seen sell senior
    servic set several share should sign spend start state statement strong support system tak take talk
    target term them these think third those three through too top total trad trade turn until value very
    want way where whether work you
    """,
    90: """
    ability able above acquisition across act action activity administration affect again agency agreement
    aid aim almost along although amount appear area authority auto automaker available avoid away bad
    bailout balance banker bankruptcy bas basi beat become began behind believe benchmark benefit best bid
    bill bit bought brand bring broad budget build buyer came car case certain change charg claim client
    commercial commodity condition confidence contract control corporate court cover creat create customer
    decline deficit despite detail develop development difficult direct discuss domestic done downturn drop
    dropp each emerg employe energy enough especial every executiv exist expand extend fac face fact fail
    familiar fear few fil final financ finance find fiscal five focu focus forc force foreign former forward
    found four fourth friday fuel full futur gett giv give given got hand happen hard hav health held here
    highest home hop hous huge hurt immediate impact important improv improvement include income industrial
    inflation information initial institution insurance interview inventory invest involv issue itself jump
    know known labor later latest launch law lawmaker leader led left lend lender lift limit line list
    longer lost lot main manag manager manufactur margin matter mean measur member model monday mortgage
    must nam nation negative net note oil once operat operation option outside overall pace package paid
    particular party payment percentage performance place plann play political poll portfolio position
    positive possible power pressure prevent previou previous probab process production project propos
    proposal provid provide purchas quick raise range rather reason rebound receiv recover reduc reduce
    reflect reform regulation regulatory relative releas reporter represent requir restructur retail review
    ris role rul run sale saturday saw seek seem separate service shareholder sharp she shift short signal
    significant similar situation six slight slow small smaller sold soon sourc source spokesman stake stay
    step stimulu strategy strength stronger struggl suggest sunday supp survey taken tax taxpayer technology
    test then thing though thursday today took tough toward track trend trillion troubl try tuesday
    unemployment unlike us use used view warn weak wednesday whose within without worker worry worst worth
    yet yield zone
    """,
    45: """
    accept access accus acquir actual addition address adjust advanc advantage adviser afternoon aggressive
    agree alway am amid announcement anticipat anyth appeal application approach appropriate approv approval
    april argu arm attempt attention attract august barrel base battle became becom begin beginn believ bet
    beyond bigger block bolster bonus book boom borrow bottom break brief broader brought built cannot
    capacity card carmaker carry cas caus cause caution cautiou chain challeng challenge chance charge civil
    climb closer collapse combin commitment committ common compensation competition competitive competitor
    complaint complet complete component computer conduct confident confirm congressional consensu
    consistent construction core couple course creditor critical crude curb cutt dai date deadline dealer
    debate decad decade december decid decide deep default delay deliver delivery depend derivativ design
    different direction disappoint discount discussion dividend division document doing double doubt draw
    driv drive driven earn eas edg effect effective eight either election electronic emergency employment
    encourag ensure enter entire environment equipment establish estate estimate event eventual ever everyth
    evidence example exit expansion expert export exposure extra facility factor factory failure fair fallen
    fast faster favor february fee feel fewer fight figur figure fix flat flow food form fraud free fresh
    front ful fundamental gap gas gave giant goal gold gradual grant greater grew gross ground guarante
    healthcare hear heavi heavy hedge her highlight him hir history holiday hom hope hour household hundred
    idea implement improve increasing independent indicat indicator individual instead insurer intend
    internal investigation item january jobless join joint july june kept kind lack larger lawsuit lawyer
    leav leave legal legislation let letter life light lin link liquidity local lose lowest maintain
    majority manufacturer march massive material me measure media merger met miss mix mobile modest momentum
    monitor morn mortgag my name necessary negotiation network never newspaper normal noth november
    obligation obtain october offset often ongo online operator opportunity opposition optimism optimistic
    original output overhaul oversea oversight owner panel paper parent pass payroll peak pension person
    personal pick plant player pledg policymaker popular possibility pound practic predict preferr premium
    prepar present press pressur pretty prior producer profitable progress promis prompt property prospect
    protect protection publish pull purchase putt quality quite quot ral rapid rating ratio read ready
    receive reduction referr regard region regional regular reject relat release renew repay repeat request
    require requirement rescue reserv resourc respond response rest retailer retain revenu revis risen risky
    rough round rule runn safety save saving schedul search season send sense sent sentiment september
    seriou serv sery session sett settl settle settlement seven severe shed sheet side single size slash
    slid slipp slump soar social software solid solution someth sought sovereign spark speak special
    specific speculation spent spokeswoman spot spread stability stabiliz stable staff stage stand steady
    stop stor straight strategic strengthen stress structure subject substantial success successful suffer
    summer summit supplier sure surg surpris surprise sustain sustainable swap takeover task team television
    tell themselv thought thousand threat threaten tighten together touch trader traditional transaction tri
    trigger turnaround typical ultimate uncertainty unchang underly understand unexpect unveil urg using
    usual valu variou vehicl vehicle venture versu volatility volume vot vote wait war watch weaken weaker
    weakness wealth website weekend weigh went whole why wide win won worldwide worri worse wrote yen yuan
    zero
    """,
    22: """
    absolute accelerat achiev achieve acknowledg acquire active adjustment adopt advance advertis advis
    advisory agenda aircraft airline alleg allegation alliance alone alternative analysi anger announce
    answer anyone app appetite appoint approve argue argument arrest aside assess assessment assistance
    assum attack attend attractive auction austerity authoriz award aware bail balanc ban bankrupt bar basic
    basical basket batter begun bell bett bidder billionaire blam blow body bondholder bonu borrower broke
    broker brokerage bulk bullish burden buyout campaign cap care careful carrier cast category chair chanc
    channel cheap cheaper check chip choice class clean click climate collaps collect combination
    comfortable community comparison compet compete complain complex concession conclud conflict
    conglomerate consecutive conservative consolidation consult consultant consumption contact contain
    contraction contrast contribut contribute contribution controll controversial convert convinc
    cooperation corporation count counter crash creation criminal cris critic criticism criticiz crucial
    crunch cycle damag damage danger dat deeper defend defense definite deflation deni depress describ
    determin determine devic device differenc difficulty digital dip dipp disclos disclose disclosure
    dismiss dispute distress distribution dominat door doubl downgrad downward dozen draft drag drill driver
    drove drug duty ease easi easier easy edge element else elsewhere email emerge employ employee employer
    encourage enforcement engine engineer enjoy entity environmental equal equivalent essential everybody
    everyone exact exceed exceptional excess excessive exchang exclusive expens expense expensive experienc
    experience expir explain exporter extent extraordinary extreme eye fami fastest fellow felt field file
    fill fine finish fire flexibility flight floor foot foreclosur formal forum founder fragile framework
    friend function game gasoline gather gauge generat generate generation goe gone graphic grown guarantee
    guidance guilty halt handl handle harder harm headquarter healthy heart height historical hitt holder
    host identifi illegal implication import importance impos impose incentiv incentive indication influence
    infrastructure insider institutional instrument intervention introduc investigat iphone iron keen kick
    kill knowledge lagg laid land language lay layoff leadership leak learn leverage liability litigation
    liv live loom luxury magazine manage match maybe meant mechanism median meeting meltdown mention message
    metal min mind miner minut moderate moment mount multiple narrow natural necessari negotiat nine nor
    offering offshore old operate opinion oppos otherwise ounce outcome outnumber outperform outstand
    overnight oversee ownership packag par parliament participant partnership path payout peer pend perform
    perhap permanent phase phon phone picture plac platform pledge plu plung plunge politician pool portion
    possib powerful practice preliminary presence primary principal priority probe proceed produc produce
    professor profitability projection proper prosecutor protest prov prove provider provision pump pursu
    pursue quantitative ralli ran rang rank rare react reality reasonable rebuild recall recommend
    recommendation red register regulat rein reiterat relation relationship reluctant rely remark remov
    repair replac replace reputation residential resign resolution resolv resolve resort respect respective
    responsibility responsible restore restrict restriction restructure resume retirement reveal revers
    revision rich road robust roll room row rush safe salary sav scale scenario scheme scrutiny seasonal
    seat secret secur secure segment seller sensitive serve shape shipment shock shopp shopper shortfall
    shot shown shrink shut sid sidelin simp sit site slide slowdown slower sluggish smartphone soft somewhat
    sort sound space spe speech spill split spoke sport spr spur stabilization stabilize stag stak stall
    stance statu steep steer stem stepp stick stood stopp store storm story str strain strik strike
    strongest struck structur structural struggle study submitt subprime subsidiary subsidy sudden
    sufficient suit supervision supply surge survive suspect suspend sweep systemic table tap tech technical
    temporary ten tend tension territory testimony thank therefore throughout tie tied tight tighter tone
    tool topp tougher toxic traffic transparency transport travel trial trouble truck true tumbl turmoil
    twice type unable uncertain unclear underscor unfair unless unprecedent unusual upbeat upon upside
    upward user v valuation vast version via victory video visit volatile volum voter vow vulnerable wake
    walk warrant watchdog water wave weather weight welcom widen wider wind winn wireless withdraw woe word
    worsen wrong your
    """,
}
"""Folded stems (see `newsreader.signature`) by how many of 1,000 English news articles hold them. Counted in
20,000 Reuters articles of 2009 and 2010, without names and figures, and weekdays and months put in by hand."""

FUNCTION_WORDS = """
aan aber ai al alla als anche ao apres ate au auch auf aus aux avec bei bij bis ce cette che comme como
con cuando da dal dan dans das dass de dei del della delle dem den der des desde deux di die dit donde
dos du durante durch e een ein eine einem einen einer el ele elle em en entre er es est esta este et ete
etre fait foi fur gli ha haben hanno hasta hat hay hebben heeft het hij il im isso ist ja la las le les
leur lo los ma maar mais man mas mehr mit muito muy na naar nach nao ne nel nella nicht niet noch nog
non nos nous nur o oder om ont ook op os ou para pas pela pelo pero piu plus por porque pour quando que
questo qui sa se sei sein ser ses seu si sich sie sin sind sobre son sono sont stato su sua sur sus
tambem tambien te tem todo tra uber uit um uma un una und une van von voor vor vous werd werden wie wird
wordt wurde y ze zich zijn zu zum zur
"""
"""Folded function words of German, French, Spanish, Italian, Portuguese and Dutch that are not in the table above."""
