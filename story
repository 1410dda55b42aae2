# Ferry sails again between Tarn and Lowland

## Articles

1. **Harbour ferry returns to service**  
   o2 · 17 Mar 2021 · `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o2/harbour.txt`

2. **Ferry sails again between Tarn and Lowland**  
   o0 · 18 Mar 2021 · `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o0/rewrite.txt`

3. **Ferry sails xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…**  
   h · 20 Mar 2021, 09:00 · Iris link0;PWNEDpwnedevilhid��den \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold · `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`
   `https://example.test/link0;PWNEDpwnedevilhid��den [@click=app.quit]PRESS[/] [/] [0] [link=http://pwned.test/]l[/link] [bold`
   tags: ferry link0, PWNEDpwnedevilhid��den \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold

4. **Ferry sails link0;PWNEDpwnedevilhid��den \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold**  
   h · 21 Mar 2021, 09:00 · Iris link0;PWNEDpwnedevilhid��den \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold · `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`
   `https://example.test/link0;PWNEDpwnedevilhid��den [@click=app.quit]PRESS[/] [/] [0] [link=http://pwned.test/]l[/link] [bold`
   tags: ferry link0, PWNEDpwnedevilhid��den \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold

5. **Harbour ferry returns to service**  
   o1 · 27 Mar 2021 · `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o1/harbour.txt`

## Ferry sails again between Tarn and Lowland

5 articles · 4 outlets · 5 statements · all say 1 · in one only 1 · 2 contested

### Contested

- number: eleven weeks (o2, o0, o1) ≠ 3 weeks (h) ≠ 4 weeks (h)

  > The ferry between Tarn and Lowland sails again on Saturday after repairs that took **eleven weeks** and cost far more.  
  > — o2, 17 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o2/harbour.txt`, ¶ 1  
  > — o1, 27 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o1/harbour.txt`, ¶ 1  

  > After repairs that took **eleven weeks** and cost far more, the ferry between Tarn and Lowland sails again on Saturday.  
  > — o0, 18 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o0/rewrite.txt`, ¶ 1  

  > The ferry between Tarn and Lowland sails again on Saturday after repairs of **3 weeks**.  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 1  

  > The ferry between Tarn and Lowland sails again on Saturday after repairs of **4 weeks**.  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 1  

- number: 3 departures (h) ≠ 4 departures (h)

  > The timetable of last summer holds again, with **3 departures** on link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold each day of the week but Sunday.  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 3  

  > The timetable of last summer holds again, with **4 departures** on link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold each day of the week but Sunday.  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 3  


### What all say

- ≠ contested, see above

  > The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks and cost far more.  
  > — o2, 17 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o2/harbour.txt`, ¶ 1  
  > — o1, 27 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o1/harbour.txt`, ¶ 1  

  > After repairs that took eleven weeks and cost far **more, the ferry between Tarn and Lowland sails again on Saturday**.  
  > — o0, 18 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o0/rewrite.txt`, ¶ 1  

  > The ferry between Tarn and Lowland sails again on Saturday after repairs **of 3 weeks**.  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 1  

  > The ferry between Tarn and Lowland sails again on Saturday after repairs **of 4 weeks**.  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 1  


### What several say

- > Captain Iris Holm said that both engines were replaced and that the timetable of last summer holds again.  
  > — o2, 17 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o2/harbour.txt`, ¶ 2  
  > — o0, 18 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o0/rewrite.txt`, ¶ 2  
  > — o1, 27 Mar 2021, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/o1/harbour.txt`, ¶ 2  


### What one says and others come near

- > "Both engines were replaced at a cost of 4.2 million crowns," said captain Iris link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold Holm of the harbour on Friday.  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 2  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 2  

- ≠ contested, see above

  > The timetable of last summer holds again, with 3 departures on link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold each day of the week but Sunday.  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 3  

  > The timetable of last summer holds again, with **4** departures on link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold each day of the week but Sunday.  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 3  


### Found in one only

- > link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 1  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 1  


### Quotations

- > “Both engines were replaced at a cost of 4.2 million crowns”  
  > — h, 20 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/0.md`, ¶ 2  
  > — h, 21 Mar 2021, 09:00, `/tmp/pytest-of-root/pytest-1304/test_fuzz_13_0/articles/h/1.md`, ¶ 2  


### Figures and dates

- date: Saturday (o2, o0, h) – The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks and cost far more.
- money: 4.2 million crowns (h)
- date: Friday (h) – "Both engines were replaced at a cost of 4.2 million crowns," said captain Iris link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold Holm of the harbour on Friday.
- date: Sunday (h) – The timetable of last summer holds again, with 3 departures on link0;PWNEDpwnedevilhidden \[\@click=app\.quit\]PRESS\[/\] \[/\] \[0\] \[link=http\://pwned\.test/\]l\[/link\] \[bold each day of the week but Sunday.
- date: Saturday (o1) – The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks and cost far more.

