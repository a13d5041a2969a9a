package llm

// firstNames are common in Britain and mean nothing else in a question to a council:
// no Will, Mark, Grant, Rose or May, which are found by what stands around them.
var firstNames = set(`
aaliyah aaron abbas abdul abdullah abigail adam aditi aditya adrian afzal agnes agnieszka ahmed aidan aisha
aisling ajay akhtar alan albert aled aleksandra alex alexander alexandra alfie ali alice alina alison amanda
amelia amina amir amit amjad amy ananya andrea andrew andrzej andy angela anil anisha anita anjali ann anna
anne annette anthony antony anwar aoife arif arjun arthur arun ashok asif asim audrey ayesha azhar barbara
barry beatrice beccy becky belinda ben benjamin bernard beryl beth bethan betty bev beverley bilal brenda
brian bridget bronwen bruce bryan caitlin callan callum cameron carl caroline carys cath catherine cathy cerys
charles charlie charlotte cheryl chloe chris chrissie christine christopher cian ciara ciaran claire clare
clive colin connor conor craig cynthia dafydd daniel danielle darragh darren dave david debbie deborah debs
deepa deepak denise dennis derek dermot diana diane dilys dinesh divya donald donna doreen doris dorothy
dougal duncan dylan eamonn eddie edith edward eileen eilidh elaine eleanor eleri elizabeth ella ellen ellie
emily emma eoin eric erica ethan evelyn ewa farah farhan farooq fatima fergal fergus ffion fiaz fiona frances
francis fred freddie frederick gareth gary gaurav gavin geeta gemma geoff geoffrey george georgie georgina
geraint gerald gerard gethin gillian gina gita gladys glenda glenn glenys gopal gordon graeme graham greg
gurpreet gwen gwyneth habib hamza hannah harjit harold harpreet harriet harry hassan hazel helen helena henry
hilary howard hugh hussein huw ian ibrahim idris ieuan imran iqbal irene irfan isabel isabella ishaan isla
iwan jack jackie jacqueline jade jagdish jake jakub james jamie jane janet janice janine jasmine jason
jaspreet jasvir javed jean jeff jeffrey jennifer jenny jeremy jerry jessica jill jim jimmy joan joanna joanne
jodie joe joey john johnny jonathan joseph josephine josh joshua josie joyce judith judy julia julian julie
jyoti kamran kapil karen karim karl katarzyna kate katherine kathleen kathryn katie kavita kay keeley keith
kelly ken kenneth kerry kevin khalid kieran kim kirstie kirsty krishna krzysztof kuldeep kyle lakshmi laura
lauren lee leila leon leonard lesley leslie lewis liam linda lindsay lindsey lisa liz llinos logan lorraine
louis louise lucy luke lynn lynne magdalena maggie mahesh mahmood mair mairead malcolm malgorzata mandy manish
manjit marcus marek margaret maria marie marilyn marion marjorie marlene martin martyn mary maryam mateusz
matt matthew maud maureen maurice mavis maxine meena meera megan megha mehmet melanie melissa michael michelle
mick mickey mike millie mohamed mohammad mohammed mohan molly monica muhammad mukesh muriel mustafa nadeem
nadia nancy naomi naseem nasir natalie natasha nathan naveed neha neil nell nellie nerys nessa niamh nicholas
nicola nicole nigel nikhil nina nisha noah norma norman nusrat oisin oliver olivia omar oscar owen padraig pam
pamela parveen patricia patrick patsy paul paula pauline pawel peg peggy perry peter phil philip philippa
phillip phyllis piotr pooja pradeep prakash priya rachel rafiq rahul rajesh rajiv rakesh ralph ramesh rashid
ravi raymond rebecca rehana reza rhiannon rhodri rhys riaz richard ricky rita robbie robert roger rohan rohit
roisin ronald ronnie rosemary rosie ross roy roz rukhsana russell ruth ryan sachin saeed saima sajid salim
sally salma sam samantha samina samuel sandeep sandra sangeeta sanjay sanjeev saoirse sara sarah satish scott
sean seema shabana shabir shahid shakeel shane shanti sharon shaun sheela sheila shilpa shirl shirley shivani
sian sid simon sinead siobhan sioned sita sobia sophia sophie sorcha stacey stan stanley stella steph
stephanie stephen steve steven stewart stuart sunil sunita suresh surinder susan suzanne sybil sylvia tahir
tanya tara tariq ted terence teresa terri terry theresa thomas tilly tim timothy tina toby tom tomasz tommy
tony tracey tracie tracy trevor ullah umar usha usman valerie vanessa vera veronica vijay vikram vincent vinod
violet viv vivien vivienne walter waqas wayne wendy wilf wilfred william winnie wojciech yasir yasmin yousaf
yusuf yvonne zafar zahid zainab zara zeeshan zoe zoey
`)

// surnames are common in Britain and mean nothing else: they are names in lower case,
// too. The shortest need a capital.
var surnames = set(`
abbott adams ahmad akhtar allen anderson andrews armstrong ashworth atkins atkinson bailey baines
barker barlow barnes barnett bartlam barton bates baxter begum bennett benson bhatti bibi bloggs bourne bowen
bowers boyle bradbury bradley bradshaw brennan briggs brookes bryant burgess burrows byrne cartwright
chadwick chan chapman chaudhary chaudhry chen cheung chopra choudhury clark clarke clayton clowes colclough
collins cooke cooper copeland craddock crawford cunningham daniels davenport davidson davies davis
davison dawson desai dhillon dixon doherty donnelly doyle dutton eccles edwards egan elliott ellis evans
farooqi farrell faulkner fenton ferguson fernandez fletcher flynn forster fowler fraser freeman
gallagher garcia garvey gibbons gibbs gibson gilbert goodwin gordon gough greenwood gregory griffin griffiths
gupta hadley hamilton hammond hancock hargreaves harper harris harrison hartley harvey hawkins haynes heaton
henderson henshaw hewitt hicks higgins hilton hobson hodges hodgkinson hodgson holden hollins holmes hopkins
hopkinson howarth howell hudson hughes humphreys hurst hussain hutchinson iqbal jackson jeffries jenkins
jennings johnson johnston jones kapoor kaur kelly kemp kendall kennedy khalil khan kirby kirkham knowles kumar
lawrence lawson lawton leese lewis lomas lovatt lowe lucas lynch macdonald mahmood malone marsden martinez
matthews mcbride mccann mccarthy mcdonald mcgrath mckenna mckenzie mclean mehta mellor meredith mistry
mitchell moore morgan morris morrison mukherjee mullins murphy murray myatt nair naylor ng nguyen nicholls
nicholson norris o'brien o'connor o'neill o'reilly osborne parker parkinson parsons patel patterson payne
pearson perera perkins phillips pickering podmore powell pritchard qureshi rahman randall rao reddy redfern
reeves rehman reynolds rhodes richards richardson riley roberts robertson robinson rogers rowley ryan sanders
sandhu saunders schofield sengupta sewell shah sharma shaw sheikh sherratt siddiqui simcock simmons simpson
singh slater smith sneyd spencer stanyer stephenson stevenson stubbs sullivan sutherland swinnerton talbot
tatton taylor thompson thomson tomkinson townsend tucker turner tyler unwin varma vaughan verma vernon walsh
walters warburton wardle watkins watson watts webb webster weston whalley wheeler whitehead whitehouse
whitehurst whitfield whittaker whittle wilcox wilkinson willetts williams williamson wilshaw wilson wong
woodcock woodward woolley wright yates yilmaz zhang zhou
`)

// alsoNames are names and words; after a title they are names, and with a capital where
// no other word would have one.
var alsoNames = set(`
april august bill bishop black brown carter cook dawn dean drew faith field frank gale
grace grant green guy hall hill holly hope hunt iris ivy jack june king lane law long
mark may mills moor park pat penny price rich rob robin rose sandy sharp short stone summer
sue victor violet ward west white will wood young
joy pearl daisy heather ruby amber dale heath drake miles art gene bob carol
foster woods brooks collier warren archer
cox booth beech birch fuller graves mann potts kiran raj malik kamal asha dot val mel mo
`)

// verbal are those of them that follow a subject more often than they are one.
var verbal = set(`will may mark grant hope`)

// notAlone are those of them that have a capital too often for another reason.
var notAlone = set(`april august june may will law bill park hall field mills west moor long short bank art grant king miles`)
